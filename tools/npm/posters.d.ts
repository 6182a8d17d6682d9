/** The address of the picture of what attributes name; '' where there is none. */
export function posterOf(attributes: Record<string, string>): string;
